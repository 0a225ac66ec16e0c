require "net/http"

LISTS = %w[machines alerts recommendations].freeze

LISTS.each do |list|
  File.write("#{list}.json", Net::HTTP.get(URI("https://api.security.microsoft.com/api/#{list}")))
end
