require "net/http"

uri = URI("https://nominatim.openstreetmap.org/search?q=pier")
request = Net::HTTP::Get.new(uri, "Referer" => "https://harbour.example/")
Net::HTTP.start(uri.host, uri.port, use_ssl: true) { |http| http.request(request) }
