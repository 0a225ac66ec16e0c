import { Client } from '@microsoft/microsoft-graph-client';

const client = Client.initWithMiddleware({ authProvider });

export async function hunt(queries) {
  for (const Query of queries) await client.api('/security/runHuntingQuery').post({ Query });
}
