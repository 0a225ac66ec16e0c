require "open-uri"

BASE_URL = ENV["MDE_URL"] || "https://api.security.microsoft.com"

threads = File.readlines("ids.txt", chomp: true).map do |id|
  Thread.new { puts URI.open("#{BASE_URL}/api/machines/#{id}").read }
  # ~^ throttling/unbounded-loop "URI.open("#{BASE_URL}/api/machines/#{id}")" warning
end
threads.each(&:join)
