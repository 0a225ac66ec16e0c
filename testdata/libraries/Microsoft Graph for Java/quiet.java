import com.microsoft.graph.serviceclient.GraphServiceClient;

class Hunter {
    void hunt(GraphServiceClient client, List<Body> bodies) {
        for (Body body : bodies) {
            client.security().microsoftGraphSecurityRunHuntingQuery().post(body);
        }
    }
}
