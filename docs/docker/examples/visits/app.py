"""A page that counts its visits: in Redis when there is one, else in memory."""

import os
from itertools import count

import redis
from flask import Flask

app = Flask(__name__)
host = os.environ.get("REDIS_HOST")
store = redis.Redis(host=host, socket_timeout=2) if host else None
memory = count(1)


@app.get("/")
def hello() -> str:
    visits = store.incr("visits") if store else next(memory)
    return f"Hello from a container! Visit no. {visits}\n"


@app.get("/healthz")
def healthy() -> str:
    return "ok\n"
