import com.microsoft.graph.serviceclient.GraphServiceClient;

class Hunter {
    Object hunt(GraphServiceClient client, Body body) {
        while (true) {
            try {
                return client.security().microsoftGraphSecurityRunHuntingQuery().post(body);
            } catch (Exception failed) {
                continue;
            }
        }
    }
}
