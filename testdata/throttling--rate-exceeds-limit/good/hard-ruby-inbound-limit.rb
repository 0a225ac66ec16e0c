class AlertsController < ApplicationController
  # What our own visitors may do, not what we do.
  rate_limit to: 1000, within: 1.minute, only: :show

  def show
    render json: HTTParty.get("https://api.security.microsoft.com/api/alerts/#{params[:id]}")
  end
end
