import axios from 'axios';

export const geocoder = axios.create({ baseURL: 'https://nominatim.openstreetmap.org' });
