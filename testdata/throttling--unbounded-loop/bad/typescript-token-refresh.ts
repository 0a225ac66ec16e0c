import axios, { AxiosInstance } from 'axios';

export class Connector {
  private token = '';
  private expires = 0;
  private readonly http: AxiosInstance = axios.create({ baseURL: 'https://api.security.microsoft.com' });

  constructor(private readonly tenant: string, private readonly client: string, private readonly secret: string) {}

  private async authorise(): Promise<void> {
    if (Date.now() < this.expires) {
      return;
    }
    const form = new URLSearchParams({
      grant_type: 'client_credentials',
      client_id: this.client,
      client_secret: this.secret,
      scope: 'https://api.securitycenter.microsoft.com/.default',
    });
    const { data } = await axios.post(`https://login.microsoftonline.com/${this.tenant}/oauth2/v2.0/token`, form);
    this.token = data.access_token;
    this.expires = Date.now() + (data.expires_in - 60) * 1000;
  }

  async closeAlerts(ids: string[]): Promise<void> {
    for (const id of ids) {
      await this.authorise();
      await this.http.patch(`/api/alerts/${id}`, { status: 'Resolved' }, { headers: { Authorization: `Bearer ${this.token}` } });
      // ~^ throttling/unbounded-loop "this.http.patch(`/api/alerts/${id}`, { status: 'Resolved' }, { headers: { Authorization: `Bearer ${this.token}` } })" warning
    }
  }
}
