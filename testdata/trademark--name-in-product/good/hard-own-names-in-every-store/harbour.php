<?php
/**
 * Plugin Name: Harbour Photos for OneDrive
 */
