/** What is documented of the command line and its properties is made from the code, and a test tells when it is not. */
@NullMarked
package io.weir.cli.docs;

import org.jspecify.annotations.NullMarked;
