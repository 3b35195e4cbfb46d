"""What benchmarks ask of the package of this name, where there are no processes to measure in.

Each function runs once, or as often as it says; the time that it takes is taken outside.
"""
import argparse
import time

perf_counter = time.perf_counter


class Runner:
    def __init__(self, *arguments, **options):
        self.metadata = {}
        self.argparser = argparse.ArgumentParser()
        self.args = None

    def parse_args(self, arguments=None):
        self.args = self.argparser.parse_args(arguments)
        return self.args

    def bench_func(self, name, function, *arguments, inner_loops=None, metadata=None):
        function(*arguments)
        print(name)

    def bench_time_func(self, name, function, *arguments, inner_loops=None, metadata=None):
        function(1, *arguments)
        print(name)

    def bench_async_func(self, name, function, *arguments, inner_loops=None, **options):
        import asyncio

        asyncio.run(function(*arguments))
        print(name)
