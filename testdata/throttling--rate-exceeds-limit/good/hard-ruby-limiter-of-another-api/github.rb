require "limiter"

class Issues
  GITHUB = Limiter::RateQueue.new(5000, interval: 600)

  def open(title)
    GITHUB.shift
    Faraday.post("https://git.example.org/api/issues", title: title)
  end
end
