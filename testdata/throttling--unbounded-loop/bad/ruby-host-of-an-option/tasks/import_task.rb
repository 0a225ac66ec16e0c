require_relative "../lib/alert_source"

class ImportTask
  include AlertSource

  def self.options
    [
      { name: "api_host", type: "hostname", default: "api.security.microsoft.com" },
      { name: "page_size", type: "integer", default: 500 }
    ]
  end

  def run(options)
    use_host(options[:api_host])
    page = alert_page
    while page["@odata.nextLink"]
      save(page["value"])
      page = alert_page(page["@odata.nextLink"])
      # ~^ throttling/unbounded-loop "alert_page(page["@odata.nextLink"])" note
    end
  end
end
