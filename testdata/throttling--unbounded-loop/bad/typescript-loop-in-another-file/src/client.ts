export class DefenderClient {
  private readonly base = 'https://api.securitycenter.microsoft.com/api';

  constructor(private readonly token: string) {}

  async machine(id: string): Promise<Machine> {
    const response = await fetch(`${this.base}/machines/${id}`, { headers: { Authorization: `Bearer ${this.token}` } });
    if (!response.ok) {
      throw new Error(`HTTP ${response.status}`);
    }
    return (await response.json()) as Machine;
  }
}
