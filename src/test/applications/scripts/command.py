import os
import sys

print(sys.argv, os.getcwd(), sys.path[0], os.environ["OF_THE_ROUTE"], sys.stdin.read())
with open("/written/by-a-command", "w") as file:
    file.write("in a directory that requests only read")
os.umask(os.umask(0o022))
