require "net/http"

tenants.each do |tenant|
  uri = URI("https://login.microsoftonline.com/#{tenant}/oauth2/token")
  Net::HTTP.post_form(uri, resource: "https://api.securitycenter.microsoft.com", grant_type: "client_credentials")
end
