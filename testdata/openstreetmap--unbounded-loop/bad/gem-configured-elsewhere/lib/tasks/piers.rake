namespace :piers do
  task locate: :environment do
    Pier.find_each do |pier|
      found = Geocoder.search(pier.address)
# ~^ openstreetmap/unbounded-loop "Geocoder.search(pier.address)" warning
      pier.update(location: found.first&.coordinates)
    end
  end
end
