import ky from 'ky';

const api = ky.create({ prefixUrl: 'https://api.security.microsoft.com/api', retry: { limit: 6 } });

export async function owners(ids: string[]): Promise<Record<string, User[]>> {
  const owners: Record<string, User[]> = {};
  for (const id of ids) {
    owners[id] = (await api.get(`machines/${id}/logonusers`).json<{ value: User[] }>()).value;
  }
  return owners;
}
