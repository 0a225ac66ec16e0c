robot_name = "Microsoft Teams"
bot_name = "Harbour for Microsoft Teams"
BOT_NAMES = ["Microsoft Teams"]
# bot_name = "Microsoft Teams"
print(robot_name, bot_name, BOT_NAMES)
