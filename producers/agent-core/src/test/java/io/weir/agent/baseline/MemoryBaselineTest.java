package io.weir.agent.baseline;

class MemoryBaselineTest extends BaselineContract {
    @Override
    Baseline baseline() {
        return new MemoryBaseline();
    }
}
