require_relative "patience"

class Machines
  include Patience

  def each_detail(ids)
    ids.each do |id|
      await_slot!
      yield HTTParty.get("https://api.security.microsoft.com/api/machines/#{id}")
    end
  end
end
