export class Devices {
  private readonly BASE = 'https://api.security.microsoft.com/api';

  private async request<T>(url: string): Promise<T> {
    const response = await fetch(url, { method: 'GET' });
    if (!response.ok) {
      throw new Error(`failed with ${response.status}`);
    }
    return (await response.json()) as T;
  }

  async all(): Promise<Device[]> {
    const found: Device[] = [];
    let nextLink: string | undefined = `${this.BASE}/machines`;
    do {
      const page: Page = await this.request<Page>(nextLink);
      // ~^ throttling/unbounded-loop "await this.request<Page>(nextLink)" note
      found.push(...page.value);
      nextLink = page['@odata.nextLink'];
    } while (nextLink);
    return found;
  }
}
