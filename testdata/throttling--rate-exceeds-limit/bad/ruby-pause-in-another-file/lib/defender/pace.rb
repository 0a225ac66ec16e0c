module Defender
  module Pace
    def breathe(seconds)
      sleep(seconds)
    end
  end
end
