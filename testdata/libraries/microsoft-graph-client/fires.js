import { Client } from '@microsoft/microsoft-graph-client';

const client = Client.initWithMiddleware({ authProvider });

export async function hunt(Query) {
  while (true) {
    try {
      return await client.api('/security/runHuntingQuery').post({ Query });
    } catch (error) {
      continue;
    }
  }
}
