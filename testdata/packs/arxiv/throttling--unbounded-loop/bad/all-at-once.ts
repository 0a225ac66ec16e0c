export async function papers(topics: string[]) {
  return Promise.all(topics.map((topic) => fetch(`https://export.arxiv.org/api/query?search_query=${topic}`)));
}
