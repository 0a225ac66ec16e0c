class FanOut
  def perform(ids)
    # Each is a job of its own; how fast they run is not said here.
    ids.each { |id| MachineJob.perform_async(id) }
  end
end

class MachineJob
  include Sidekiq::Job

  def perform(id)
    HTTParty.get("https://api.security.microsoft.com/api/machines/#{id}")
  end
end
