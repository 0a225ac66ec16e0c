pace() { sleep 0.65; }
