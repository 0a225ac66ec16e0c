require_relative "../lib/alert_source"

# Whichever of the two it is, is not known where the call is made.
one = AlertSource.new("https://api.security.microsoft.com")
other = AlertSource.new("https://alerts.example.org")
puts one.alert(ARGV.first)
ARGV.each { |id| puts other.alert(id) }
