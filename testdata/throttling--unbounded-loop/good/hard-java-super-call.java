class Machines extends Lister {
    @Override
    String list(String filter) {
        String own = client.get("https://api.securitycenter.microsoft.com/api/machines?" + filter);
        return own + super.list(filter);
    }
}
