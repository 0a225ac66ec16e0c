module Patience
  def await_slot!
    now = Process.clock_gettime(Process::CLOCK_MONOTONIC)
    wait = @next_call.to_f - now
    sleep(wait) if wait.positive?
    @next_call = [now, @next_call.to_f].max + 0.7
  end
end
