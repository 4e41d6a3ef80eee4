/**
 * A cluster of three brokers, and everything of Weir beside it as processes of their own, under a steady load of files;
 * one fault after the other befalls them. {@code Load} knows what was done to files, {@code Promises} holds the topics and
 * the disk against that, {@code Said} waits for the words by which the system tells what is wrong, and the table of what was
 * said and how long it took to recover stands in {@code docs/reliability.md}.
 */
@org.jspecify.annotations.NullMarked
package io.weir.it.faults;
