require "net/http"

kinds = []
kinds << "machines"
kinds << "alerts" << "software"
kinds.each { |kind| Net::HTTP.get(URI("https://api.securitycenter.microsoft.com/api/#{kind}")) }
