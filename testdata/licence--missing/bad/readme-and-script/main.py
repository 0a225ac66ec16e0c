print('alerts')
