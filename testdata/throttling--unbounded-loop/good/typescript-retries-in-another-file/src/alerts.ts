import { http } from './http';

export async function comment(ids: string[], text: string): Promise<void> {
  for (const id of ids) {
    await http.patch(`/alerts/${id}`, { comment: text });
  }
}
