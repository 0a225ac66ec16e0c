Pod::Spec.new do |s|
  s.name = "Harbour"
  s.license = "BSD"
# ~^ licence/text-mismatch "BSD" warning
end
