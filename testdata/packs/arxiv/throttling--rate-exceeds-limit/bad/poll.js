setInterval(async () => {
  const answer = await fetch('https://export.arxiv.org/api/query?search_query=cat:math.CO&max_results=5');
  show(await answer.text());
}, 1000);
