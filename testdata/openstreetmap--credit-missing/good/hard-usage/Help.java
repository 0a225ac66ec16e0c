class Help {
    static void print() {
        System.out.println("https://tile.openstreetmap.org/{z}/{x}/{y}.png");
    }
}
