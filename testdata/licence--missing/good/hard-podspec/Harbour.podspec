Pod::Spec.new do |s|
  s.name = 'Harbour'
  s.license = { :type => 'MIT', :text => 'Some words.' }
end
