package hunting

import (
	"context"

	msgraphsdk "github.com/microsoftgraph/msgraph-sdk-go"
)

func hunt(ctx context.Context, client *msgraphsdk.GraphServiceClient, bodies []Body) {
	for _, body := range bodies {
		client.Security().MicrosoftGraphSecurityRunHuntingQuery().Post(ctx, body, nil)
	}
}
