class IsolateJob < ApplicationJob
  def perform(ids)
    client = DefenderClient.new(Token.current)
    ids.each do |id|
      client.isolate_machine(id)
      # ~^ throttling/unbounded-loop "client.isolate_machine(id)" warning
    end
  end
end
