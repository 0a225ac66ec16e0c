export const CREDIT = 'Map data from OpenStreetMap';
