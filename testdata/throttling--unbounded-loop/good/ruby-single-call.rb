require "net/http"

machines = JSON.parse(Net::HTTP.get(URI("https://api.security.microsoft.com/api/machines")))
machines["value"].each { |machine| puts machine["computerDnsName"] }
