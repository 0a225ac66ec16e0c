require_relative "../lib/api"

class Import
  include DefenderApi

  def run
    page = read_page
    until page["@odata.nextLink"].nil?
      page["value"].each { |alert| save(alert) }
      page = read_page(page["@odata.nextLink"])
      # ~^ throttling/unbounded-loop "read_page(page["@odata.nextLink"])" note
    end
  end
end
