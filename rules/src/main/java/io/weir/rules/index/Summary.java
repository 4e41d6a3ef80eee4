package io.weir.rules.index;

/**
 * All types and the greatest cost of some parts of which an event meets one, kept while parts change. It need not look at
 * all parts again unless one leaves that may have been the only one of its types, or was the dearest.
 */
final class Summary {
    private int types;
    private int removedTypes;
    private int addedTypes;
    private long cost;
    private boolean dearestLeft;

    Summary(int types, long cost) {
        this.types = types;
        this.cost = cost;
    }

    void remove(int ofTypes, long ofCost) {
        removedTypes |= ofTypes;
        dearestLeft |= ofCost == cost;
    }

    void add(int ofTypes, long ofCost) {
        addedTypes |= ofTypes;
        types |= ofTypes;
        if (ofCost >= cost) {
            cost = ofCost;
            dearestLeft = false;
        }
    }

    /** Whether what it says may be too much. */
    boolean isStale() {
        return dearestLeft || (removedTypes & ~addedTypes) != 0;
    }

    void clear() {
        types = 0;
        cost = 0;
        removedTypes = 0;
        dearestLeft = false;
    }

    int types() {
        return types;
    }

    long cost() {
        return cost;
    }
}
