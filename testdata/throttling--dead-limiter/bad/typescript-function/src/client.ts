const base = "https://api.security.microsoft.com/api";

export class DefenderClient {
  constructor(private readonly token: string) {}

  async alerts() {
    const answer = await fetch(`${base}/alerts`, { headers: { Authorization: `Bearer ${this.token}` } });
    return answer.json();
  }

  async machines() {
    const answer = await fetch(`${base}/machines`, { headers: { Authorization: `Bearer ${this.token}` } });
    return answer.json();
  }

  async indicators() {
    const answer = await fetch(`${base}/indicators`, { headers: { Authorization: `Bearer ${this.token}` } });
    return answer.json();
  }

  async software() {
    const answer = await fetch(`${base}/Software`, { headers: { Authorization: `Bearer ${this.token}` } });
    return answer.json();
  }

  async vulnerabilities() {
    const answer = await fetch(`${base}/Vulnerabilities`, { headers: { Authorization: `Bearer ${this.token}` } });
    return answer.json();
  }

  async recommendations() {
    const answer = await fetch(`${base}/recommendations`, { headers: { Authorization: `Bearer ${this.token}` } });
    return answer.json();
  }
}
