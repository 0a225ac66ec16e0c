SAMPLE = <<~SCRIPT
  ids.each do |id|
    Net::HTTP.get(URI("https://api.security.microsoft.com/api/machines/#{id}"))
  end
SCRIPT

puts SAMPLE
ids.each { |id| puts "https://security.microsoft.com/machines/#{id}" }
