package hunting

import (
	"context"

	msgraphsdk "github.com/microsoftgraph/msgraph-sdk-go"
)

func hunt(ctx context.Context, client *msgraphsdk.GraphServiceClient, body Body) any {
	for {
		found, err := client.Security().MicrosoftGraphSecurityRunHuntingQuery().Post(ctx, body, nil)
		if err != nil {
			continue
		}
		return found
	}
}
