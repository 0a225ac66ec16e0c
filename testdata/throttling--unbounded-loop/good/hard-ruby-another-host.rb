class Tickets
  include HTTParty
  base_uri "https://tickets.example.org"
  SOURCE = "https://api.security.microsoft.com"

  def open_all(alerts)
    alerts.each { |alert| self.class.post("/api/tickets", body: { source: SOURCE, id: alert }) }
  end
end
