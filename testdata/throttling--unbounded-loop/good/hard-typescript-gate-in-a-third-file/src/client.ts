import { Gate } from './gate';

export class DefenderClient {
  private readonly gate = new Gate(650);

  constructor(private readonly token: string) {}

  async machine(id: string): Promise<Machine> {
    await this.gate.pass();
    const response = await fetch(`https://api.securitycenter.microsoft.com/api/machines/${id}`, {
      headers: { Authorization: `Bearer ${this.token}` },
    });
    return (await response.json()) as Machine;
  }
}
