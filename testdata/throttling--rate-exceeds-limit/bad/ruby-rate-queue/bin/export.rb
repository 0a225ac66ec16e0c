require_relative "../lib/client"

client = Defender::Client.new
ARGF.each_line(chomp: true) { |id| puts client.alert(id) }
