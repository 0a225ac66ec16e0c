require "http"

class AlertSource
  def initialize(base)
    @base = base
  end

  def alert(id)
    HTTP.get("#{@base}/api/alerts/#{id}").parse
  end
end
