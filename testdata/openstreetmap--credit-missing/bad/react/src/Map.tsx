import { MapContainer, Marker, TileLayer } from 'react-leaflet';

export function ShopMap({ lat, lon }: { lat: number; lon: number }) {
  return (
    <MapContainer center={[lat, lon]} zoom={15}>
      <TileLayer url="https://{s}.tile.openstreetmap.org/{z}/{x}/{y}.png" />
// ~^ openstreetmap/credit-missing "https://{s}.tile.openstreetmap.org/{z}/{x}/{y}.png" warning
      <Marker position={[lat, lon]} />
    </MapContainer>
  );
}
