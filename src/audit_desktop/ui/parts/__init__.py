"""Small widgets that every page is made of: labels, buttons, banners and layouts."""
