require "typhoeus"

hydra = Typhoeus::Hydra.new(max_concurrency: 40)
requests = ids.map do |id|
  request = Typhoeus::Request.new("https://api.security.microsoft.com/api/files/#{id}/stats", headers: headers)
  hydra.queue(request)
  # ~^ throttling/unbounded-loop "hydra.queue(request)" warning
  request
end
hydra.run
